/** How one script is written in a–z. */
export interface Script {
  /** A letter of the script. */
  readonly letters: RegExp;
  /** Takes one word in lower case, composed (NFKC), and gives it in Latin letters; what the script does not know stays as it is. */
  readonly toLatin: (word: string) => string;
}
