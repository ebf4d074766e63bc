package io.tillpost.ingest.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.DiskIngestLog;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.progress.IngestMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoneTest {
  private final List<Long> checkpoints = new ArrayList<>();
  private final List<List<LogRow>> forgotten = new ArrayList<>();
  private boolean writes = true;

  /** Throws whatever it is asked for. */
  private DiskIngestLog failing;

  private final Undone undone =
      new Undone(this::move, forgotten::add, new IngestMetrics(new SimpleMeterRegistry()));

  @BeforeEach
  void closeALog(@TempDir Path directory) {
    failing = DiskIngestLog.open(directory, 1 << 20, new SimpleMeterRegistry());
    failing.close();
  }

  private void move(long position) {
    if (!writes) {
      failing.moveCheckpoint(position);
    }
    checkpoints.add(position);
  }

  private static List<LogRow> rowsUpTo(long position) {
    byte[] bytes = {1};
    return List.of(
        new LogRow(position - 1, -1, position - 1, 0, bytes, 0, 1),
        new LogRow(position, -1, position, 0, bytes, 0, 1));
  }

  @Test
  void rowsAreForgottenOnceAllPartsOfTheirBatchAndAllBeforeItAreDone() {
    List<LogRow> first = rowsUpTo(2);
    List<LogRow> second = rowsUpTo(4);
    Undone.Batch ofFirst = undone.begin(first, 2);
    Undone.Batch ofSecond = undone.begin(second, 1);
    ofFirst.partDone(1, 0);
    ofSecond.partDone(2, 0);
    assertThat(forgotten).as("a lane still looks at rows of the first").isEmpty();
    assertThat(checkpoints).isEmpty();
    ofFirst.partDone(1, 0);
    assertThat(checkpoints).containsExactly(4L);
    assertThat(forgotten).containsExactly(first, second);
  }

  @Test
  void nothingIsForgottenTwiceWhereTheCheckpointCouldNotBeMovedAtFirst() {
    List<LogRow> rows = rowsUpTo(2);
    writes = false;
    undone.begin(rows, 1).partDone(2, 0);
    assertThat(forgotten).isEmpty();
    writes = true;
    undone.moveCheckpoint();
    undone.moveCheckpoint();
    assertThat(forgotten).containsExactly(rows);
    assertThat(checkpoints).containsExactly(2L);
  }
}
