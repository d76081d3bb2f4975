/**
 * The answer is no, for a reason that lies in what is there already: a name is taken, a limit is
 * reached. One sentence.
 */
export class Refusal extends Error {
  override name = "Refusal";
}
