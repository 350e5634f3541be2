/** Has the page ask at once for what `main.tsx` imports when it runs, so that the way there and back is gone once. */
export function preloadedStart() {
  let base = '/';
  return {
    name: 'preloaded-start',
    apply: 'build',
    configResolved(config) {
      base = config.base;
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const start = Object.values(bundle).find((one) => one.facadeModuleId?.endsWith('/start.tsx'));
        if (!start) throw new Error('there is no chunk of start.tsx');
        const needed = new Set([start.fileName]);
        for (const name of needed) for (const next of bundle[name]?.imports ?? []) needed.add(next);
        return [...needed].map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `${base}${name}` },
          injectTo: 'head',
        }));
      },
    },
  };
}
