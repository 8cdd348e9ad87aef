import { pinyin } from 'pinyin-pro';

/** The forms under which a name is found: its tail without the first character, pinyin, initials. Lower case, no tones. */
export interface NameForms {
  nameTail: string;
  pinyin: string;
  initials: string;
}

const known = new Map<string, string>();
const surnames = new Map<string, string>();

function syllable(character: string): string {
  let found = known.get(character);
  if (found === undefined) {
    found = /\p{Script=Han}/u.test(character)
      ? pinyin(character, { toneType: 'none', v: true })
      : character.toLowerCase();
    known.set(character, found);
  }
  return found;
}

function surname(character: string): string {
  let found = surnames.get(character);
  if (found === undefined) {
    found = /\p{Script=Han}/u.test(character)
      ? pinyin(character, { toneType: 'none', v: true, surname: 'all' })
      : character.toLowerCase();
    surnames.set(character, found);
  }
  return found;
}

/** Makes the search forms of a name; the first character is read as a surname (单 shan, 谌 chen). */
export function nameForms(name: string): NameForms {
  const characters = [...name].filter((character) => /[\p{L}]/u.test(character));
  let whole = '';
  let initials = '';
  characters.forEach((character, index) => {
    const sound = index === 0 ? surname(character) : syllable(character);
    whole += sound;
    initials += sound.slice(0, 1);
  });
  return { nameTail: characters.slice(1).join(''), pinyin: whole, initials };
}
