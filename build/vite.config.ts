import { fileURLToPath } from 'node:url';
import { getConfig } from '@lingui/conf';
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const apps = {
  screens: { root: at('desktop/screens'), out: at('dist/screens') },
  web: { root: at('sync-server/web'), out: at('dist/web') },
};
// The native macro transform is an optional binary that npm under Node 20 skips: Babel it is, knowingly.
process.env.LINGUI_SUPPRESS_BABEL_WARNING = '1';
const configPath = at('build/lingui.config.ts');
const linguiConfig = getConfig({ configPath });

/** What a host replaces, per response, by a fresh nonce in index.html and in its Content-Security-Policy. */
const noncePlaceholder = '__CSP_NONCE__';

/** `vite build --config build/vite.config.ts --mode screens|web`: two apps, one configuration. */
export default defineConfig(({ mode }) => {
  const app = apps[mode === 'web' ? 'web' : 'screens'];
  return {
    root: app.root,
    base: './',
    html: { cspNonce: noncePlaceholder },
    plugins: [
      react(),
      babel({ presets: [linguiTransformerBabelPreset({ linguiConfig }, { configPath })] }),
      lingui({ failOnCompileError: true, configPath }),
      tailwindcss(),
    ],
    build: {
      outDir: app.out,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0, // a data: font or image would need a hole in the CSP
      modulePreload: { polyfill: false },
    },
  };
});
