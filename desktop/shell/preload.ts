import { ipcRenderer } from 'electron';

/**
 * All that stands between the page and the shell: a MessagePort to the till is handed in, first when the page has
 * loaded and asks for it, and again whenever the till had to be started anew. A port cannot cross contextBridge.
 */
ipcRenderer.on('till-port', (event) => {
  window.postMessage('till-port', window.location.origin, [...event.ports]);
});
window.addEventListener('load', () => ipcRenderer.send('till-port-wanted'));
