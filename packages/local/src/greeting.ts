/** What stands on the terminal once decisions can be made: the address, and three things to try that work as they are. */
export function greeting(address: string): string {
  return `Writ is listening on ${address}

Try it, from another terminal in this folder:

  curl -s ${address}/v1/decisions -H 'Content-Type: application/json' -d @examples/requests/deploy-allowed.json
  npx writ check examples/shop --environment production
  curl -s '${address}/v1/decisions?tenant=sample&limit=5'

Or open ${address}/?tenant=sample in a browser: a made-up shop and its last two weeks.`
}
