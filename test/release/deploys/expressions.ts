// GitHub's own implementation of the expressions in workflows. It is an ES module.
const library = import("@actions/expressions");

/** What an expression may ask of the job's course so far. */
export interface Course {
  failed: boolean;
}

/**
 * The value of an expression, as GitHub evaluates it.
 * @param contexts what it may name: `github`, `inputs`, `steps` and so on
 */
export async function evaluated(
  text: string,
  contexts: Record<string, unknown>,
  { failed }: Course,
): Promise<{ text: string; truthy: boolean; asksTheCourse: boolean }> {
  const { Lexer, Parser, Evaluator, data } = await library;
  let asksTheCourse = false;
  const function_ = (name: string, value: () => boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => {
      asksTheCourse = true;
      return new data.BooleanData(value());
    },
  });
  const functions = [
    function_("always", () => true),
    function_("cancelled", () => false),
    function_("failure", () => failed),
    function_("success", () => !failed),
  ];
  const { tokens } = new Lexer(text).lex();
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
  const dictionary = JSON.parse(JSON.stringify(contexts), data.reviver) as InstanceType<
    typeof data.Dictionary
  >;
  const value = new Evaluator(
    tree,
    dictionary,
    new Map(functions.map((each) => [each.name, each])),
  ).evaluate();
  // Short-circuited functions count, too: where one is written, `success()` is not put before the
  // condition.
  asksTheCourse ||= functions.some(({ name }) => text.includes(`${name}(`));
  const plain = value.coerceString();
  return { text: plain, truthy: !["", "false", "0", "null"].includes(plain), asksTheCourse };
}
