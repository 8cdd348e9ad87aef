import { largestPaper } from '#domain/papers/record.ts';

const longestSide = 2000;

/** Makes a picture fit the largest paper by drawing it smaller as JPEG; other files and small pictures stay as they are. */
export async function shrinkPicture(file: File): Promise<File> {
  if (!file.type.startsWith('image/') || file.size <= largestPaper) return file;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.8);
  });
  return small === null ? file : new File([small], `${file.name.replace(/\.\w+$/u, '')}.jpg`, { type: 'image/jpeg' });
}
