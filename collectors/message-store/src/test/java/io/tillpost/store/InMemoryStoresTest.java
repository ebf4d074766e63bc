package io.tillpost.store;

import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Refused;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryStoresTest {
  @Nested
  class AsIngestWriter extends IngestWriterContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return new InMemoryStores();
    }

    @Override
    protected void settle() {}
  }

  @Nested
  class AsMessages extends MessagesContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return new InMemoryStores();
    }

    @Override
    protected void settle() {}
  }

  @Nested
  class AsTraces extends TracesContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return new InMemoryStores();
    }

    @Override
    protected void settle() {}
  }

  @Nested
  class AsImpactQueries extends ImpactQueriesContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return new InMemoryStores();
    }

    @Override
    protected void settle() {}
  }

  @Nested
  class AsFailureQueries extends FailureQueriesContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return new InMemoryStores();
    }

    @Override
    protected void settle() {}
  }

  @Nested
  class AsRegroupedFailures extends RegroupedFailuresContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return new InMemoryStores();
    }

    @Override
    protected void settle() {}
  }

  @Nested
  class AsDocuments extends DocumentsContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return new InMemoryStores();
    }

    @Override
    protected void settle() {}
  }

  @Nested
  class AsManyDocuments extends ManyDocumentsContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return new InMemoryStores();
    }

    @Override
    protected void settle() {}
  }

  @Test
  void aTestCanBreakTheStorageAndMendIt() {
    InMemoryStores stores = new InMemoryStores();
    Batch batch = new Batch(List.of(aSale().event(Stage.CAPTURED)), List.of());
    stores.breakDown("the disk is full");
    assertThat(stores.ingestWriter().write(batch))
        .isEqualTo(new Result.Unavailable("the disk is full"));
    assertThatThrownBy(() -> stores.messages().count(MessageQuery.ALL))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("the disk is full");
    assertThat(stores.health().check()).isEqualTo(new StoreHealth.State.Down("the disk is full"));
    stores.recover();
    assertThat(stores.ingestWriter().write(batch)).isEqualTo(new Result.Written(1, 0, List.of()));
    assertThat(stores.health().check()).isInstanceOf(StoreHealth.State.Up.class);
  }

  @Test
  void aTestCanHaveARecordRefused() {
    InMemoryStores stores = new InMemoryStores();
    MessageEvent event = aSale().event(Stage.CAPTURED);
    stores.refuse(event.id().documentId(), "too odd");
    assertThat(stores.ingestWriter().write(new Batch(List.of(event), List.of())))
        .isEqualTo(
            new Result.Written(0, 0, List.of(new Refused(event.id().documentId(), "too odd"))));
    assertThat(stores.messages().find(event.messageId())).isEmpty();
  }
}
