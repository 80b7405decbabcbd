// Where pictures are made: decoded, scaled, drawn on and encoded as they are told to be (app/client/src/browser/images.rs).
// It runs as a worker, so that the screen stays quick. Where a browser's workers cannot draw, or do not turn pictures as their
// camera was held, the page loads it as a script and calls `imageWorker` with the same orders.
//
//   { open: File | ImageBitmap }  gives { width, height, hash } of the picture, which stays open, or {} where it is none
//   { print: { width, height, band, calls, shown, small, qualities, enough } }
//                                 gives { full, hash, thumbnail }: the open picture scaled, with the calls of a canvas made on
//                                 it, in the first quality that is small enough; and its upper part once more, small;
//                                 afterwards the picture is closed
//
// Hashes are SHA-256 of the files' bytes; of a frame of the camera, of the bytes that it is written down in.

(() => {
  const inPage = typeof document !== 'undefined';
  const FRAME_QUALITY = 0.92;
  let picture;

  function imageWorker({ open, print }) {
    return open ? opened(open) : printed(print).finally(shut);
  }

  async function opened(given) {
    shut();
    if (given instanceof ImageBitmap) {
      picture = given;
      const { width, height } = given;
      const canvas = drawn(given, width, height, 0);
      const file = await encoded(canvas, FRAME_QUALITY).finally(() => free(canvas));
      return { width, height, hash: await hash(file) };
    }
    try {
      picture = await (inPage ? viaElement(given) : createImageBitmap(given));
    } catch (error) {
      // What cannot be decoded is said so; anything else is the phone's trouble.
      if (['InvalidStateError', 'EncodingError'].includes(error.name)) return {};
      throw error;
    }
    const [width, height] = [picture.naturalWidth ?? picture.width, picture.naturalHeight ?? picture.height];
    return { width, height, hash: await hash(given) };
  }

  function shut() {
    picture?.close?.();
    picture = undefined;
  }

  async function printed({ width, height, band, calls, shown, small, qualities, enough }) {
    const [canvas, little] = [drawn(picture, width, height, band), surface(...small)];
    try {
      const context = canvas.getContext('2d');
      for (const [name, ...values] of calls) {
        if (typeof context[name] === 'function') context[name](...values);
        else [context[name]] = values;
      }
      let full;
      for (const quality of qualities) {
        full = await encoded(canvas, quality);
        if (full.size <= enough) break;
      }
      little.getContext('2d').drawImage(canvas, 0, 0, width, shown, 0, 0, ...small);
      return { full, thumbnail: await encoded(little, 0.7), hash: await hash(full) };
    } finally {
      free(canvas);
      free(little);
    }
  }

  function drawn(image, width, height, band) {
    const canvas = surface(width, height + band);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    return canvas;
  }

  function surface(width, height) {
    return inPage ? Object.assign(document.createElement('canvas'), { width, height }) : new OffscreenCanvas(width, height);
  }

  // Memory of surfaces is scarce on phones and freed late: one of no size holds none.
  function free(canvas) {
    canvas.width = 0;
    canvas.height = 0;
  }

  async function encoded(canvas, quality) {
    const type = 'image/jpeg';
    const blob = inPage ? await new Promise((done) => canvas.toBlob(done, type, quality)) : await canvas.convertToBlob({ type, quality });
    if (!blob) throw new Error('not encoded');
    return blob;
  }

  async function hash(blob) {
    return new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  }

  // An <img> turns pictures in every browser, but shows what is there of one that was cut short; a bitmap does not.
  async function viaElement(blob) {
    (await createImageBitmap(blob)).close();
    const image = new Image();
    image.src = URL.createObjectURL(blob);
    try {
      await image.decode();
    } finally {
      URL.revokeObjectURL(image.src);
    }
    return image;
  }

  if (inPage) {
    window.imageWorker = imageWorker;
    return;
  }

  self.onmessage = async ({ data }) => {
    try {
      self.postMessage({ done: await imageWorker(data) });
    } catch (error) {
      self.postMessage({ failed: String(error) });
    }
  };
  turns().then((ready) => self.postMessage({ ready }), () => self.postMessage({ ready: false }));

  // Whether workers turn pictures here: one that is two wide and one high, said to lie on its side, must come out upright.
  async function turns() {
    const canvas = surface(2, 1);
    canvas.getContext('2d');
    const plain = await encoded(canvas, 1);
    const exif = [...'Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0'].map((letter) => letter.charCodeAt(0));
    const block = Uint8Array.of(0xff, 0xe1, 0, exif.length + 2, ...exif);
    const turned = await createImageBitmap(new Blob([plain.slice(0, 2), block, plain.slice(2)], { type: 'image/jpeg' }));
    return turned.width === 1 && turned.height === 2;
  }
})();
