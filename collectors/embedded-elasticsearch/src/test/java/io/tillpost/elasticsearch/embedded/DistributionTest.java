package io.tillpost.elasticsearch.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {
  @TempDir Path home;

  @Test
  void holdsTheServerItsTransportOurRootEndpointAndTheLauncher() throws IOException {
    Path distribution = Distribution.unpackBelow(distributions());

    assertThat(distribution).hasParent(distributions());
    assertThat(distribution.resolve("lib"))
        .isDirectoryContaining("glob:**/elasticsearch-[0-9]*.jar")
        .isDirectoryContaining("glob:**/lucene-core-*.jar")
        .isDirectoryNotContaining("glob:**/{jspecify,netty,junit}*.jar");
    assertThat(distribution.resolve("modules/transport-netty4"))
        .isDirectoryContaining("glob:**/plugin-descriptor.properties")
        .isDirectoryContaining("glob:**/netty-transport-4.1*.jar")
        .isDirectoryNotContaining("glob:**/elasticsearch-{core,entitlement}-*.jar");
    assertThat(distribution.resolve("modules/root-endpoint/root-endpoint.jar")).exists();
    assertThat(distribution.resolve("launcher/launcher.jar")).exists();
    assertThat(distribution.resolve("config/log4j2.properties")).exists();
  }

  @Test
  void isUnpackedOnce() throws IOException {
    Path first = Distribution.unpackBelow(distributions());
    Path file = first.resolve("config/log4j2.properties");
    FileTime written = Files.getLastModifiedTime(file);

    assertThat(Distribution.unpackBelow(distributions())).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    assertThat(distributions()).isDirectoryNotContaining("glob:**/partial-*");
  }

  @Test
  void takesThePlaceOfOlderOnesAndOfHalfUnpackedOnes() throws IOException {
    Path distribution = Distribution.unpackBelow(distributions());
    Files.createDirectories(distribution.resolveSibling("0123456789abcdef/lib"));
    Files.writeString(distribution.resolveSibling("partial-1"), "x");

    Distribution.deleteOthers(distribution);

    assertThat(distributions().toFile().list())
        .containsExactly(distribution.getFileName().toString());
  }

  private Path distributions() {
    return home.resolve("distribution");
  }
}
