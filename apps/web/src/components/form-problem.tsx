/** What is wrong with a form as a whole. */
export function FormProblem({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <div className="problem" role="alert">
      {text}
    </div>
  );
}
