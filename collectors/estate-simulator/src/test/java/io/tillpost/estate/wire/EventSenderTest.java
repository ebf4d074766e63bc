package io.tillpost.estate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSenderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private CloudEventReceiver receiver;
  private EventSender sender;

  @BeforeEach
  void open() throws Exception {
    receiver = new CloudEventReceiver();
    sender = new EventSender(receiver.address(), null, 2, complaints::add);
  }

  @AfterEach
  void close() {
    sender.close();
    receiver.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void sendsTheSameBatchAgainWhenToldToSlowDown(int status) throws Exception {
    receiver.answerNextWith(new CloudEventReceiver.Answer(status, "1", ""));
    long start = System.nanoTime();
    sender.send(EncodedEvent.of("{\"id\":\"1\"}"));
    assertThat(sender.flush(PATIENCE)).isTrue();

    assertThat(receiver.bodies()).containsExactly("[{\"id\":\"1\"}]", "[{\"id\":\"1\"}]");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    assertThat(sender.counts()).isEqualTo(new SendCounts(1, 0, 1));
    assertThat(complaints).singleElement().asString().contains("answers " + status);
  }

  @Test
  void countsAndReportsWhatIsRefusedForEver() throws Exception {
    String body = "{\"accepted\":1,\"rejected\":[{\"index\":1,\"id\":\"2\",\"reason\":\"no\"}]}";
    receiver.answerNextWith(new CloudEventReceiver.Answer(200, "", body));
    sender.send(EncodedEvent.of("{\"id\":\"1\"}"));
    sender.send(EncodedEvent.of("{\"id\":\"2\"}"));
    assertThat(sender.flush(PATIENCE)).isTrue();

    assertThat(sender.counts()).isEqualTo(new SendCounts(1, 1, 0));
    assertThat(complaints).containsExactly("1 of 2 message events were refused: no");
  }

  @Test
  void halvesABatchThatIsTooLarge() throws Exception {
    receiver.answerNextWith(new CloudEventReceiver.Answer(413, "", ""));
    sender.send(EncodedEvent.of("{\"id\":\"1\"}"));
    sender.send(EncodedEvent.of("{\"id\":\"2\"}"));
    assertThat(sender.flush(PATIENCE)).isTrue();

    assertThat(receiver.bodies())
        .containsExactly("[{\"id\":\"1\"},{\"id\":\"2\"}]", "[{\"id\":\"1\"}]", "[{\"id\":\"2\"}]");
  }

  @Test
  void keepsWhatItHasWhileNobodyAnswers() throws Exception {
    receiver.close();
    sender.send(EncodedEvent.of("{\"id\":\"1\"}"));
    assertThat(sender.flush(Duration.ofMillis(300))).isFalse();
    assertThat(sender.counts().accepted()).isZero();
    assertThat(complaints).singleElement().asString().contains("not to be reached");
  }
}
