export default function Page() {
  return 'The routes are /edge and /node.';
}
