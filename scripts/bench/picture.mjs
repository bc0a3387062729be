// Serves one page with one picture to this machine only.
import { createServer } from 'node:http';

const html = '<!doctype html><html lang="en"><title>Picture</title><img src="/picture.png" alt="A picture" width="512"></html>';

/** { url, close() } */
export function servePicture(bytes) {
  const server = createServer((request, response) => {
    const picture = request.url === '/picture.png';
    response.writeHead(200, { 'content-type': picture ? 'image/png' : 'text/html; charset=utf-8' });
    response.end(picture ? bytes : html);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, close });
    });
  });
}
