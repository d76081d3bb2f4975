/**
 * Runs `work`, and `after` however it ended. Where both fail it is the error of `work` that is
 * thrown: the other follows from it as a rule, and would hide it.
 */
export async function always<T>(work: () => Promise<T> | T, after: () => Promise<void> | void): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await Promise.resolve()
      .then(after)
      .catch(() => {});
    throw error;
  }
  await after();
  return result;
}
