import './main.css';
import { mountApp } from '#shared/ui/app.tsx';
import { App } from './app.tsx';
import { messages as ar } from './locales/ar.po';
import { messages as en } from './locales/en.po';
import { messages as fr } from './locales/fr.po';

mountApp({ page: document, catalogues: { en, fr, ar }, app: <App /> });
