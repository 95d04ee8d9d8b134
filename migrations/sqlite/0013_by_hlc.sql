CREATE INDEX `journal_by_hlc` ON `journal` (`hlc`);
