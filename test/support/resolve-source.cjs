const PACKAGES = /[\\/]node_modules[\\/]/;

/** Our own sources name each other as what they compile to, `./x.js`, and lie there as `./x.ts`; packages are found as they are. */
module.exports = function resolveSource(request, options) {
  const ours = request.startsWith('.') && !PACKAGES.test(options.basedir);
  return options.defaultResolver(request, ours ? { ...options, extensionAlias: { '.js': ['.ts', '.js'] } } : options);
};
