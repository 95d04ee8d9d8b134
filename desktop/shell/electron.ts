/** What the shell uses of the `electron` module; handed in, so that a stand-in can take its place in tests. */
export type Electron = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'protocol'
  | 'safeStorage'
  | 'screen'
  | 'session'
  | 'utilityProcess'
>;
