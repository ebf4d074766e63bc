package io.tillpost.console.recovery.channel;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryOperation;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes over the wire, as a middleware that knows the contract only would check it. */
@Execution(ExecutionMode.CONCURRENT)
class ChannelContractTest {
  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theBodyHasExactlyTheMembersOfTheContract() {
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation =
        accepted(world.console().recovery.retryMessage(sale, because("Tax code is there now")));
    world.awaitState(operation, sale, ItemState.SENT);
    TestChannel.Call call = world.channel.calls().getFirst();

    var message = world.stores.messages().find(sale).orElseThrow().message();
    JsonNode expected =
        JsonMapper.shared()
            .readTree(
                """
                {"operationId":"%s","action":"RETRY","messageId":"%s","workflow":"sales-posting","attempt":2,
                 "correlationId":"c-%s","capturedAt":"%s","storeId":"0412","registerId":"03",
                 "businessDate":"%s","transactionNumber":%d,"reason":"Tax code is there now",
                 "requestedBy":"support","payload":null}
                """
                    .formatted(
                        operation.id(),
                        sale,
                        sale,
                        message.capturedAt(),
                        message.businessKey().businessDate(),
                        message.businessKey().transactionNumber()));
    assertThat(call.json()).isEqualTo(expected);
    assertThat(call.contentType()).isEqualTo("application/json");
    assertThat(call.key()).isEqualTo(sale + ":2");
    assertThat(call.traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
  }

  @Test
  void theSignatureHoldsForWhoKnowsTheSecret() throws Exception {
    MessageId sale = world.aFailedSale();
    accepted(world.console().recovery.retryMessage(sale, because("Größere Änderung")));
    await().untilAsserted(() -> assertThat(world.channel.calls()).hasSize(1));
    TestChannel.Call call = world.channel.calls().getFirst();

    String[] parts = call.signature().split(",", 2);
    assertThat(parts[0]).startsWith("t=");
    assertThat(parts[1]).startsWith("v1=");
    String seconds = parts[0].substring(2);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(RecoveryWorld.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal((seconds + "." + call.body()).getBytes(StandardCharsets.UTF_8));

    assertThat(parts[1].substring(3)).isEqualTo("%064x".formatted(new BigInteger(1, expected)));
    assertThat(Instant.ofEpochSecond(Long.parseLong(seconds)))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Test
  void aSecretIsNeverShown() {
    assertThat(world.channels().all().toString()).doesNotContain(RecoveryWorld.SECRET);
  }

  @Test
  void aKeyThatNoHeaderCanCarryIsEncoded() {
    assertThat(ChannelClient.headerText("sale-0412:2")).isEqualTo("sale-0412:2");
    assertThat(ChannelClient.headerText("ä b\r\nX: y:2")).isEqualTo("%C3%A4%20b%0D%0AX:%20y:2");
  }
}
