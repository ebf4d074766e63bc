package io.tillpost.elasticsearch.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.elasticsearch.embedded.ElasticsearchStartException.Reason;
import io.tillpost.elasticsearch.embedded.StartReport.Failed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StartFailuresTest {
  private static final Path HOME = Path.of("/srv/es");

  @Test
  void namesTheBusyPort() {
    Throwable thrown =
        new IllegalStateException(
            "Failed to bind to 127.0.0.1:9200", new BindException("Address already in use"));

    assertThat(StartFailures.of(thrown, HOME))
        .isEqualTo(
            new Failed(
                Reason.PORT_UNAVAILABLE, "127.0.0.1:9200 is already in use by another process"));
  }

  @Test
  void tellsAForbiddenPortFromABusyOne() {
    Throwable thrown =
        new IllegalStateException(
            "Failed to bind to 127.0.0.1:80", new BindException("Permission denied"));

    assertThat(StartFailures.of(thrown, HOME).clause())
        .isEqualTo("it cannot listen on 127.0.0.1:80 (Permission denied)");
  }

  @Test
  void findsTheFullDiskBelowOtherCauses() {
    Throwable thrown =
        new UncheckedIOException("write", new IOException("/srv/es/x: No space left on device"));

    assertThat(StartFailures.of(thrown, HOME))
        .isEqualTo(new Failed(Reason.DISK_FULL, "no space is left on the disk that holds " + HOME));
  }

  @Test
  void tellsDataOfAnotherVersion() {
    Throwable thrown =
        new IllegalStateException(
            "cannot downgrade a node from version [9.9.0] to version [9.5.3]");

    Failed failed = StartFailures.of(thrown, HOME);

    assertThat(failed.reason()).isEqualTo(Reason.DATA_VERSION);
    assertThat(failed.clause()).contains(HOME.toString(), "9.9.0");
  }

  @Test
  void passesOnTheServersWordsForAnythingElse() {
    Throwable thrown =
        new RuntimeException("outer", new IllegalArgumentException("unknown setting [x]"));

    assertThat(StartFailures.of(thrown, HOME))
        .isEqualTo(new Failed(Reason.OTHER, "IllegalArgumentException: unknown setting [x]"));
  }

  @Test
  void survivesACauseWithoutAMessageAndACircleOfCauses() {
    Exception first = new Exception();
    first.initCause(new Exception(first));

    assertThat(StartFailures.of(first, HOME).reason()).isEqualTo(Reason.OTHER);
  }
}
