/** The few sentences said where no screen can be shown. Screens have their own catalogues. */
export type Sentences = {
  readonly NO_KEYSTORE: string;
  readonly WRONG_KEY_OR_DAMAGED: string;
  readonly DAMAGED: string;
  readonly NEWER_SCHEMA: string;
  readonly UNSAFE_SQLITE: string;
  readonly CRASHED: string;
  readonly tryAgain: string;
  readonly quit: string;
};

/** `locale` as Electron's app.getLocale() gives it: `fr`, `ar-EG`. */
export function sentencesFor(locale: string): Sentences {
  return catalogues[locale.split('-')[0] ?? ''] ?? en;
}

/** What to say about a failure's code; a code without a sentence of its own counts as a crash. */
export function sentenceAbout(code: string, sentences: Sentences): string {
  return Object.entries(sentences).find(([key]) => key === code)?.[1] ?? sentences.CRASHED;
}

const en: Sentences = {
  NO_KEYSTORE:
    'Pestle keeps the key of its database in the keystore of this computer, and found none that is protected. On Linux, install and unlock GNOME Keyring or KWallet, then start Pestle again.',
  WRONG_KEY_OR_DAMAGED:
    'The database of this till cannot be opened: it is damaged or belongs to another key. Nothing was changed; call your support.',
  DAMAGED:
    'The computer stopped without warning and the database of this till did not come through whole. Do not sell on it; call your support.',
  NEWER_SCHEMA:
    'The database of this till was written by a newer Pestle. Install the newest version to go on; nothing was changed.',
  UNSAFE_SQLITE:
    'This installation of Pestle is incomplete and would not store sales safely. Install it again.',
  CRASHED: 'The till has stopped several times in a row. What was sold is stored.',
  tryAgain: 'Try again',
  quit: 'Quit',
};

const fr: Sentences = {
  NO_KEYSTORE:
    'Pestle garde la clé de sa base dans le trousseau de cet ordinateur et n’en a pas trouvé de protégé. Sous Linux, installez et déverrouillez GNOME Keyring ou KWallet, puis relancez Pestle.',
  WRONG_KEY_OR_DAMAGED:
    'La base de cette caisse ne s’ouvre pas : elle est endommagée ou dépend d’une autre clé. Rien n’a été modifié ; appelez votre assistance.',
  DAMAGED:
    'L’ordinateur s’est arrêté sans prévenir et la base de cette caisse n’en est pas sortie intacte. Ne vendez plus sur cette caisse ; appelez votre assistance.',
  NEWER_SCHEMA:
    'La base de cette caisse a été écrite par un Pestle plus récent. Installez la dernière version pour continuer ; rien n’a été modifié.',
  UNSAFE_SQLITE:
    'Cette installation de Pestle est incomplète et n’enregistrerait pas les ventes sûrement. Réinstallez-la.',
  CRASHED: 'La caisse s’est arrêtée plusieurs fois de suite. Les ventes faites sont enregistrées.',
  tryAgain: 'Réessayer',
  quit: 'Quitter',
};

const ar: Sentences = {
  NO_KEYSTORE:
    'يحفظ Pestle مفتاح قاعدة بياناته في مخزن مفاتيح هذا الحاسوب، ولم يجد مخزنًا محميًا. على Linux ثبّت GNOME Keyring أو KWallet وافتحه، ثم شغّل Pestle من جديد.',
  WRONG_KEY_OR_DAMAGED:
    'تعذّر فتح قاعدة بيانات هذا الصندوق: إنها تالفة أو تخصّ مفتاحًا آخر. لم يتغيّر شيء؛ اتصل بالدعم.',
  DAMAGED: 'توقّف الحاسوب فجأة ولم تبق قاعدة بيانات هذا الصندوق سليمة. لا تبع على هذا الصندوق، واتصل بالدعم.',
  NEWER_SCHEMA: 'كُتبت قاعدة بيانات هذا الصندوق بإصدار أحدث من Pestle. ثبّت أحدث إصدار للمتابعة؛ لم يتغيّر شيء.',
  UNSAFE_SQLITE: 'هذا التثبيت من Pestle ناقص ولن يحفظ المبيعات بأمان. أعد تثبيته.',
  CRASHED: 'توقّف الصندوق عدة مرات متتالية. المبيعات التي تمّت محفوظة.',
  tryAgain: 'أعد المحاولة',
  quit: 'إنهاء',
};

const catalogues: Readonly<Record<string, Sentences>> = { en, fr, ar };
