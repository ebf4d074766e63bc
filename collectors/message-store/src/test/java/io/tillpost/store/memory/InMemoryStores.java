package io.tillpost.store.memory;

import io.tillpost.message.Workflows;
import io.tillpost.store.DailyData;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.ImpactQueries;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Messages;
import io.tillpost.store.StoreHealth;
import io.tillpost.store.Stores;
import io.tillpost.store.Traces;
import io.tillpost.testing.Samples;

/**
 * All ports in memory, with the same meaning as in Elasticsearch. Everything written is seen at
 * once. A test can break the storage and have it refuse single records.
 */
public final class InMemoryStores implements Stores {
  private final Memory memory;

  /** An empty storage with the workflows of {@link Samples#workflows}. */
  public InMemoryStores() {
    this(Samples.workflows());
  }

  /** An empty storage. */
  public InMemoryStores(Workflows workflows) {
    memory = new Memory(workflows);
  }

  /** From now on the storage does not answer, with this reason. */
  public void breakDown(String reason) {
    memory.breakDown(reason);
  }

  /** The storage answers again; what was written is still there. */
  public void recover() {
    memory.recover();
  }

  /** From now on the storage refuses the event or span with this document id. */
  public void refuse(String documentId, String reason) {
    memory.refuse(documentId, reason);
  }

  @Override
  public IngestWriter ingestWriter() {
    return new MemoryIngestWriter(memory);
  }

  @Override
  public Messages messages() {
    return new MemoryMessages(memory);
  }

  @Override
  public Traces traces() {
    return new MemoryTraces(memory);
  }

  @Override
  public ImpactQueries impact() {
    return new MemoryImpactQueries(memory);
  }

  @Override
  public FailureQueries failures() {
    return new MemoryFailureQueries(memory);
  }

  @Override
  public DocumentStore documents() {
    return memory.documentStore();
  }

  @Override
  public DailyData daily() {
    return new MemoryDailyData(memory);
  }

  @Override
  public StoreHealth health() {
    return memory::health;
  }

  @Override
  public void close() {
    // Nothing to let go of.
  }
}
