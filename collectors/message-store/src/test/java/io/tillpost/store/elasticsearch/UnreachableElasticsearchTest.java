package io.tillpost.store.elasticsearch;

import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.message.Stage;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.Documents;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.StoreHealth;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.Stores;
import io.tillpost.testing.FreePorts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody listens where Elasticsearch should be. */
class UnreachableElasticsearchTest {
  private static final String SENTENCE = "Elasticsearch cannot be reached";

  private Stores stores;

  record Note(String body) {}

  @BeforeEach
  void openStoresOnAClosedPort() {
    URI nowhere = URI.create("http://127.0.0.1:" + FreePorts.next());
    stores = ElasticsearchStores.builder().url(nowhere).build();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void writingAnswersThatItIsUnavailable() {
    Batch batch = new Batch(List.of(aSale().event(Stage.CAPTURED)), List.of());
    assertThat(stores.ingestWriter().write(batch)).isEqualTo(new Result.Unavailable(SENTENCE));
  }

  @Test
  void everyReaderSaysSoInASentence() {
    assertThatThrownBy(() -> stores.messages().search(MessageQuery.ALL))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage(SENTENCE);
    assertThatThrownBy(() -> stores.messages().searchAll(MessageQuery.ALL, part -> true))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage(SENTENCE);
    assertThatThrownBy(() -> stores.failures().groups(FailureFilter.ALL, 1))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void documentsCanBeOpenedAndFailOnlyWhenAskedForSomething() {
    Documents<Note> notes =
        stores.documents().of(new DocumentKind<>("notes", Note.class, Map.of(), true));
    assertThatThrownBy(() -> notes.create("a", new Note("x")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage(SENTENCE);
  }

  @Test
  void healthIsDownAndDoesNotThrow() {
    assertThat(stores.health().check()).isEqualTo(new StoreHealth.State.Down(SENTENCE));
  }

  @Test
  void aWrongPrefixIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ElasticsearchStores.builder().indexPrefix("*"));
  }
}
