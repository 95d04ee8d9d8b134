import './main.css';
import { mountApp } from '#shared/ui/app.tsx';
import { App } from './app.tsx';
import { connectTill } from './link.ts';
import { messages as ar } from './locales/ar.po';
import { messages as en } from './locales/en.po';
import { messages as fr } from './locales/fr.po';
import { openCounter } from './training/counter.ts';

const link = connectTill(window);
mountApp({
  page: document,
  catalogues: { en, fr, ar },
  app: <App counter={link && openCounter(link)} />,
});
