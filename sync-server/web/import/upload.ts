/** How far an upload is, in bytes. */
export interface UploadProgress {
  readonly sent: number;
  readonly total: number;
}

export type UploadFailure = 'too-large' | 'bad-name' | 'too-many' | 'signed-out' | 'broken-off';

export class UploadFailed extends Error {
  readonly why: UploadFailure;
  constructor(why: UploadFailure) {
    super(why);
    this.why = why;
  }
}

/** Sends files one after the other into one upload; answers its id. Throws UploadFailed. */
export async function uploadFiles(
  files: readonly File[],
  onProgress: (progress: UploadProgress) => void,
): Promise<string> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let before = 0;
  let uploadId: string | null = null;
  for (const file of files) {
    const base = before;
    uploadId = await send(file, uploadId, (sent) => onProgress({ sent: base + sent, total }));
    before += file.size;
  }
  if (uploadId === null) throw new UploadFailed('broken-off');
  return uploadId;
}

/** fetch does not say how much of a body has gone; this old one does. */
function send(file: File, uploadId: string | null, onSent: (bytes: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(
      'POST',
      uploadId === null ? '/api/uploads' : `/api/uploads?upload=${encodeURIComponent(uploadId)}`,
    );
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onerror = () => reject(new UploadFailed('broken-off'));
    request.onload = () => {
      const answer: unknown = request.response;
      const id =
        typeof answer === 'object' && answer !== null && 'uploadId' in answer ? answer.uploadId : null;
      if (request.status === 201 && typeof id === 'string') resolve(id);
      else reject(new UploadFailed(whyOf(request.status, answer)));
    };
    request.send(file);
  });
}

function whyOf(status: number, answer: unknown): UploadFailure {
  const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : null;
  if (status === 401) return 'signed-out';
  if (code === 'TOO_MANY_FILES') return 'too-many';
  if (status === 413) return 'too-large';
  return code === 'BAD_NAME' ? 'bad-name' : 'broken-off';
}
