// Sends one span and one message event the way any Node.js service would: settings come from OTEL_* alone.
import { trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { NodeSDK } from "@opentelemetry/sdk-node";

const messageId = process.argv[2];
const sdk = new NodeSDK({ serviceName: "js-till", instrumentations: [] });
sdk.start();
trace.getTracer("test").startActiveSpan("capture sale", (span) => {
  span.setAttribute("messaging.message.id", messageId);
  logs.getLogger("test").emit({
    eventName: "tillpost.message",
    timestamp: new Date(),
    attributes: {
      "messaging.message.id": messageId,
      "tillpost.stage": "CAPTURED",
      "tillpost.workflow": "sales-posting",
      "tillpost.captured_at": new Date().toISOString(),
      "tillpost.transaction_number": 4711,
      "tillpost.amount.minor": 12999,
      "tillpost.amount.currency": "EUR",
      "tillpost.key.receipt": "0412-03-4711",
    },
    body: { lines: [{ sku: "A-100", pieces: 1 }] },
  });
  span.end();
});
await sdk.shutdown();
