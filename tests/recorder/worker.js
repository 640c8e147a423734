// A worker that plays the requests of its page. It responds to each through the port that comes with it.
const play = async ({ data, ports }) => ports[0].postMessage(await viaFetch(data));
self.onmessage = play;
self.onconnect = ({ ports }) => (ports[0].onmessage = play);
