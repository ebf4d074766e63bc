package io.tillpost.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.ParkedRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageEventEndpointTest extends RunningIngest {
  private static final String PATH = "/v1/message-events";
  private static final String SINGLE = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";

  /** A valid event. */
  static String event(String id) {
    String now = Instant.now().toString();
    return """
        {"specversion":"1.0","type":"io.tillpost.message-event.v1","id":"%s",
        "source":"/middleware/erp-adapter","subject":"sale-%s","time":"%s",
        "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","extra":{"a":[1]},
        "data":{"stage":"FAILED","workflow":"sales-posting","attempt":1,"capturedAt":"%s",
        "correlationId":"c-1","source":"pos","target":"erp","storeId":"0412","registerId":"03",
        "businessDate":"2026-11-23","transactionNumber":4711,
        "amount":{"minor":12999,"currency":"EUR"},"keys":{"receipt":"0412-03-4711"},
        "schemaVersion":"sales/2",
        "failure":{"code":"TAX","message":"Card 4111 1111 1111 1111 refused","field":"l[2]","class":"BUSINESS_RULE"},
        "payload":{"contentType":"application/json","body":"{\\"pan\\":\\"4111111111111111\\"}"}}}
        """
        .formatted(id, id, now, now);
  }

  private HttpResponse<String> post(String type, String body, String... headers) {
    return ingest.post(PATH, type, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  @Test
  void anEventIsStoredWithItsCardNumbersMasked() {
    var answer = post(SINGLE, event("e1"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"rejected\":[]}");
    await().until(() -> stores.messages().find(new MessageId("sale-e1")).isPresent());
    var event = stores.messages().events(new MessageId("sale-e1")).getFirst();
    assertThat(event.stage()).isEqualTo(Stage.FAILED);
    assertThat(event.failure().message()).isEqualTo("Card 4111 11** **** 1111 refused");
    assertThat(event.traceId().value()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(stores.messages().payloads(new MessageId("sale-e1")))
        .singleElement()
        .satisfies(p -> assertThat(p.payload().body()).isEqualTo("{\"pan\":\"411111******1111\"}"));
  }

  @Test
  void aBatchIsAnsweredWithItsRejectedEventsWhichAreParked() {
    String wrong = event("e2").replace("\"FAILED\"", "\"SNT\"");
    var answer = post(BATCH, "[" + event("e1") + "," + wrong + "]");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"accepted\":1,\"rejected\":[{\"index\":1,\"id\":\"e2\",\"reason\":\"data.stage: 'SNT'"
                + " is not a stage\"}]}");
    await()
        .until(
            () -> parked().stream().anyMatch(p -> p.reason().contains("'SNT'") && p.toldSender()));
  }

  private static List<ParkedRecord> parked() {
    return stores.documents().of(ParkedRecord.DOCUMENTS).find(DocumentQuery.ALL).items().stream()
        .map(Documents.Versioned::value)
        .toList();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "specversion":"1.0"                  | "specversion":"0.3"       | specversion: '0.3' is not '1.0'
          "type":"io.tillpost.message-event.v1"| "type":"x"                | type: 'x' is not 'io.tillpost.message-event.v1'
          "id":"e1"                            | "id":null                 | id: is missing
          "id":"e1"                            | "id":7                    | id: is not a text
          "source":"/middleware/erp-adapter"   | "source":" "              | source: is empty
          "subject":"sale-e1"                  | "x":1                     | subject: is missing
          "time":"2                            | "time":"x2                | is not a time like
          "time":"20                           | "time":"21                | time: is more than 10 minutes ahead
          "time":"20                           | "time":"19                | time: is older than the 30 days that are kept
          "stage":"FAILED"                     | "stage":""                | data.stage: is empty
          "workflow":"sales-posting"           | "w":1                     | data.workflow: is missing
          "attempt":1                          | "attempt":0               | data.attempt: 0 is not a number from 1 to 1000
          "attempt":1                          | "attempt":1.5             | data.attempt: is not a whole number of 64 bits
          "attempt":1                          | "attempt":1e99            | data.attempt: is not a whole number of 64 bits
          "capturedAt"                         | "captured"                | data.capturedAt: is missing
          "storeId":"0412"                     | "storeId":412             | data.storeId: is not a text
          "businessDate":"2026-11-23"          | "businessDate":"23.11.26" | data.businessDate: '23.11.26' is not a date
          "transactionNumber":4711             | "transactionNumber":-1    | data.transactionNumber: is negative
          "minor":12999                        | "minor":1.5               | data.amount.minor: is not a whole number
          "currency":"EUR"                     | "currency":"euro"         | data.amount.currency: 'euro' is not a currency
          "keys":{"receipt":"0412-03-4711"}    | "keys":{"receipt":1}      | data.keys.receipt: is not a text
          "keys":{"receipt":"0412-03-4711"}    | "keys":[]                 | data.keys: is not a JSON object
          "code":"TAX"                         | "c":1                     | data.failure.code: is missing
          "class":"BUSINESS_RULE"              | "class":"ODD"             | data.failure.class: 'ODD' is not a failure class
          "body":                              | "bodyBase64":             | data.payload: its body is not Base64
          """)
  void aWrongFieldIsNamed(String right, String wrong, String reason) {
    String body = event("e1");
    assertThat(body).contains(right);
    var answer = post(SINGLE, body.replaceFirst(java.util.regex.Pattern.quote(right), wrong));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(reason).contains("\"accepted\":0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id":                      | is not JSON
          {"id":"a","id":"b"}         | Duplicate
          {} {}                       | more than one JSON value
          ` `                         | is empty
          """)
  void aBodyThatIsNoJsonIsRefused(String body, String reason) {
    var answer = post(SINGLE, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(reason);
  }

  @Test
  void deepNestingAndInvalidUtf8AreRefused() {
    assertThat(post(SINGLE, "[".repeat(10_000)).statusCode()).isEqualTo(400);
    byte[] bytes = event("e1").replace("c-1", "c-#").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '#' ? (byte) 0xC0 : bytes[i];
    }
    var answer = ingest.post(PATH, SINGLE, bytes);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not valid UTF-8");
  }

  @Test
  void wrongTypesEncodingsAndMethodsHaveTheirAnswers() {
    assertThat(post("application/json", event("e1")).statusCode()).isEqualTo(415);
    assertThat(post(SINGLE, event("e1"), "Content-Encoding", "br").statusCode()).isEqualTo(415);
    assertThat(post(SINGLE, event("e1"), "Content-Encoding", "gzip").statusCode()).isEqualTo(400);
    var get = ingest.send(HttpRequest.newBuilder(ingest.collector().http().resolve(PATH)).build());
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("allow")).hasValue("POST");
  }

  @Test
  void gzipIsReadAndBombsAreNot() throws IOException {
    assertThat(gzipped(event("e1").getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(200);
    var bomb = gzipped(new byte[8 << 20]);
    assertThat(bomb.statusCode()).isEqualTo(413);
    assertThat(bomb.headers().firstValue("content-type")).hasValue("application/problem+json");
  }

  private HttpResponse<String> gzipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return ingest.post(PATH, SINGLE, bytes.toByteArray(), "Content-Encoding", "gzip");
  }

  @Test
  void tooLargeBodiesAndBatchesAreRefused() {
    assertThat(post(SINGLE, "x".repeat(2 << 20)).statusCode()).isEqualTo(413);
    HttpRequest chunked =
        HttpRequest.newBuilder(ingest.collector().http().resolve(PATH))
            .header("Content-Type", SINGLE)
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(new byte[2 << 20])))
            .build();
    assertThat(ingest.send(chunked).statusCode()).isEqualTo(413);
    String many = IntStream.range(0, 5_001).mapToObj(_ -> "{}").collect(Collectors.joining(","));
    assertThat(post(BATCH, "[" + many + "]").statusCode()).isEqualTo(413);
    assertThat(post(BATCH, "[]").body()).isEqualTo("{\"accepted\":0,\"rejected\":[]}");
  }
}
