import '@fontsource-variable/source-sans-3/index.css';
