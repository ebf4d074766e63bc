package io.tillpost.elasticsearch.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.elasticsearch.embedded.ElasticsearchStartException.Reason;
import io.tillpost.elasticsearch.embedded.StartReport.Failed;
import io.tillpost.elasticsearch.embedded.StartReport.Started;
import org.junit.jupiter.api.Test;

class StartReportTest {

  @Test
  void survivesTheWayThroughAPipe() {
    Started started = new Started(9200);
    Failed failed = new Failed(Reason.DISK_FULL, "no space is left");

    assertThat(StartReport.parse(started.toLine())).contains(started);
    assertThat(StartReport.parse(failed.toLine())).contains(failed);
  }

  @Test
  void isOneLineWhateverTheServerSaid() {
    assertThat(new Failed(Reason.OTHER, "first\nsecond\r\n\tthird").toLine())
        .endsWith("first second third");
  }

  @Test
  void isNotMistakenForAWordOfTheVirtualMachine() {
    assertThat(StartReport.parse("OpenJDK 64-Bit Server VM warning: x")).isEmpty();
    assertThat(StartReport.parse("")).isEmpty();
  }
}
