const longest = 1600;
const mostBytes = 1_900_000;

/** Shrinks a picture on the phone to at most 1,600 pixels and 1.9 MB, as JPEG. */
export async function shrunkPhoto(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of [0.82, 0.65, 0.45]) {
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', quality);
    });
    if (blob && blob.size <= mostBytes) return new Uint8Array(await blob.arrayBuffer());
  }
  throw new Error('photo too large');
}
