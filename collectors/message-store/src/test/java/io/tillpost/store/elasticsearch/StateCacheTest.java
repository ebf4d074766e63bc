package io.tillpost.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.Message;
import io.tillpost.message.MessageFold;
import io.tillpost.message.Stage;
import io.tillpost.store.elasticsearch.BulkBody.Version;
import io.tillpost.store.elasticsearch.States.Stored;
import io.tillpost.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateCacheTest {
  private static final States.Key A = new States.Key("index", "a");
  private static final States.Key B = new States.Key("index", "b");
  private static final States.Key C = new States.Key("index", "c");

  private final StateCache cache = new StateCache(2, 1);

  private static Stored open(long version) {
    return stored(Stage.CAPTURED, version);
  }

  private static Stored ended(long version) {
    return stored(Stage.CONFIRMED, version);
  }

  private static Stored stored(Stage stage, long version) {
    Message message = MessageFold.of(List.of(Samples.aSale().event(stage)));
    assertThat(message.status().isOpen()).isEqualTo(stage == Stage.CAPTURED);
    return new Stored(message, new Version(version, 1));
  }

  @Test
  void theLeastRecentlyUsedOpenOneGoesFirst() {
    Stored a = open(1);
    cache.put(A, a);
    cache.put(B, open(2));
    assertThat(cache.get(A)).isSameAs(a);
    cache.put(C, open(3));
    assertThat(cache.get(A)).isSameAs(a);
    assertThat(cache.get(B)).isNull();
  }

  @Test
  void thoseThatEndedPutOutNoneThatIsOpen() {
    cache.put(A, open(1));
    cache.put(B, ended(2));
    cache.put(C, ended(3));
    assertThat(cache.get(A)).isNotNull();
    assertThat(cache.get(B)).isNull();
    assertThat(cache.get(C)).isNotNull();
  }

  @Test
  void aMessageIsNeverInItTwice() {
    Stored second = ended(2);
    cache.put(A, open(1));
    cache.put(A, second);
    assertThat(cache.get(A)).isSameAs(second);
    cache.put(B, ended(3));
    assertThat(cache.get(A)).as("as it was before it ended").isNull();

    Stored again = open(4);
    cache.put(B, again);
    assertThat(cache.get(B)).isSameAs(again);
    cache.remove(B);
    assertThat(cache.get(B)).isNull();
  }
}
