// Loaded into every Node process of an offline test ahead of anything else: only this machine can be reached, and every other attempt
// is written to the file NETWORK_ATTEMPTS.
const dgram = require("node:dgram");
const dns = require("node:dns");
const { appendFileSync } = require("node:fs");
const net = require("node:net");

const LOCAL = /^(?:localhost|127(?:\.\d+){3}|::1|0\.0\.0\.0|::)$/;

function refused(what, host) {
  appendFileSync(process.env.NETWORK_ATTEMPTS, `${what} ${host}\n`);
  return Object.assign(new Error(`${what} ${host}: there is no network`), { code: "ENETUNREACH" });
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [{ path, host = "localhost", port }] = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
  if (path || LOCAL.test(host)) return connect.apply(this, args);
  const error = refused("connect", `${host}:${port}`);
  setImmediate(() => this.destroy(error));
  return this;
};

for (const way of ["send", "connect"]) {
  dgram.Socket.prototype[way] = () => {
    throw refused("datagram", way);
  };
}

// Names are asked for by functions with a callback and by ones with a promise.
for (const place of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const ask of Object.getOwnPropertyNames(place).filter((name) =>
    /^(?:lookup|resolve|reverse)/.test(name),
  )) {
    const original = place[ask];
    place[ask] = function (host, ...rest) {
      if (LOCAL.test(host)) return original.call(this, host, ...rest);
      const error = refused(ask, host);
      const callback = rest.at(-1);
      if (typeof callback !== "function") return Promise.reject(error);
      process.nextTick(callback, error);
    };
  }
}
