package io.tillpost.store;

import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class ElasticsearchStoresIT {
  private final String prefix = EmbeddedElasticsearchNode.newPrefix();

  @AfterEach
  void dropIndices() {
    EmbeddedElasticsearchNode.drop(prefix);
  }

  private Stores connect(MutableClock clock) {
    return EmbeddedElasticsearchNode.stores(prefix).clock(clock).build();
  }

  private void refresh() {
    EmbeddedElasticsearchNode.refresh(prefix);
  }

  @Nested
  class AsIngestWriter extends IngestWriterContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return connect(withClock);
    }

    @Override
    protected void settle() {
      refresh();
    }
  }

  @Nested
  class AsMessages extends MessagesContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return connect(withClock);
    }

    @Override
    protected void settle() {
      refresh();
    }
  }

  @Nested
  class AsTraces extends TracesContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return connect(withClock);
    }

    @Override
    protected void settle() {
      refresh();
    }
  }

  @Nested
  class AsImpactQueries extends ImpactQueriesContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return connect(withClock);
    }

    @Override
    protected void settle() {
      refresh();
    }
  }

  @Nested
  class AsFailureQueries extends FailureQueriesContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return connect(withClock);
    }

    @Override
    protected void settle() {
      refresh();
    }
  }

  @Nested
  class AsRegroupedFailures extends RegroupedFailuresContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return connect(withClock);
    }

    @Override
    protected void settle() {
      refresh();
    }
  }

  @Nested
  class AsDocuments extends DocumentsContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return connect(withClock);
    }

    @Override
    protected void settle() {
      refresh();
    }
  }

  @Nested
  class AsManyDocuments extends ManyDocumentsContract {
    @Override
    protected Stores open(MutableClock withClock) {
      return connect(withClock);
    }

    @Override
    protected void settle() {
      refresh();
    }
  }
}
