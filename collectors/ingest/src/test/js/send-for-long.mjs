// Makes a span every 20 ms until its standard input ends, and says the trace id of each; settings come from OTEL_* alone.
import { trace } from "@opentelemetry/api";
import { NodeSDK } from "@opentelemetry/sdk-node";

const sdk = new NodeSDK({ serviceName: "js-till", instrumentations: [] });
sdk.start();
const tracer = trace.getTracer("test");
const timer = setInterval(() => {
  const span = tracer.startSpan("capture sale");
  span.end();
  console.log(span.spanContext().traceId);
}, 20);
process.stdin.on("end", async () => {
  clearInterval(timer);
  await sdk.shutdown();
});
process.stdin.resume();
