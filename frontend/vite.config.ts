import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const here = import.meta.dirname;
const built = resolve(here, 'target/showcase');

/** The style sheets are not bundled in the product either: they lie beside the page as they are. */
function styleSheets() {
  return {
    name: 'style-sheets',
    closeBundle() {
      const lumo = dirname(createRequire(import.meta.url).resolve('@vaadin/vaadin-lumo-styles/package.json'));
      mkdirSync(built, { recursive: true });
      cpSync(join(here, 'src/main/resources/META-INF/resources/tillpost'), join(built, 'tillpost'), {
        recursive: true,
      });
      cpSync(lumo, join(built, 'lumo'), {
        recursive: true,
        filter: (file) => !/node_modules|\.js$|\.ts$/.test(file.slice(lumo.length)),
      });
    },
  };
}

export default defineConfig({
  root: resolve(here, 'src/test/showcase'),
  base: './',
  build: { outDir: built, emptyOutDir: true, chunkSizeWarningLimit: 1000 },
  plugins: [styleSheets()],
  test: { root: here, include: ['src/test/ts/**/*.test.ts'], environment: 'happy-dom', testTimeout: 120_000 },
});
