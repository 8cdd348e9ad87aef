/** The code of a choice that came as code or as its label; the contract lets nothing else through. */
export function codeOf<Code extends string>(words: Readonly<Record<Code, string>>, choice: string): Code {
  const codes = Object.keys(words) as Code[]; // as: the keys of this very record
  const code = codes.find((one) => one === choice) ?? codes.find((one) => words[one] === choice);
  if (code === undefined) throw new Error(`no such choice: ${choice}`);
  return code;
}

/** The codes of several choices, each once. */
export function codesOf<Code extends string>(
  words: Readonly<Record<Code, string>>,
  choices: readonly string[],
): Code[] {
  return [...new Set(choices.map((choice) => codeOf(words, choice)))];
}
