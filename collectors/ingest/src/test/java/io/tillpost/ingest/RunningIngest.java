package io.tillpost.ingest;

import io.tillpost.store.memory.InMemoryStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A whole ingest with stores in memory, one for all the tests of a class. */
abstract class RunningIngest {
  @TempDir static Path directory;
  static InMemoryStores stores;
  static TestIngest ingest;

  @BeforeAll
  static void startIngest() {
    stores = new InMemoryStores();
    ingest = TestIngest.start(directory, stores);
  }

  @AfterAll
  static void stopIngest() {
    ingest.close();
  }
}
