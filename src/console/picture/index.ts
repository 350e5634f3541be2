export { Pages } from './pages.js';
