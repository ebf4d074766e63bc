package io.tillpost.elasticsearch.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line and the environment of the child. */
final class NodeCommand {
  static final String MAIN_CLASS = "io.tillpost.elasticsearch.embedded.NodeMain";

  /**
   * The child gets these and no more: the console's environment may hold secrets, and {@code
   * JAVA_TOOL_OPTIONS} would attach the console's agents to the server.
   */
  private static final Set<String> KEPT_VARIABLES =
      Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SystemRoot", "windir");

  private NodeCommand() {}

  static List<String> line(NodeOptions options, Path distribution) {
    List<String> line = new ArrayList<>();
    line.add(java());
    line.addAll(memory(options.heapMebibytes()));
    line.addAll(
        List.of(
            "-Xss1m",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-Djava.io.tmpdir=" + options.temporary(),
            "-XX:ErrorFile=" + options.logs().resolve("hs_err_pid%p.log"),
            "-XX:-OmitStackTraceInFastThrow",
            // Standard output carries the report to the parent and nothing else.
            "-XX:+DisplayVMOutputToStderr",
            "-Dlog4j.shutdownHookEnabled=false",
            "-Dlog4j2.disable.jmx=true",
            // As the server's own start script has them: small, bounded buffers, no reflection into
            // the JDK.
            "-Dio.netty.noUnsafe=true",
            "-Dio.netty.noKeySetOptimization=true",
            "-Dio.netty.recycler.maxCapacityPerThread=0",
            "-Dio.netty.allocator.numDirectArenas=0",
            "--sun-misc-unsafe-memory-access=allow",
            // The server must be on the module path: on the class path it has no module descriptor
            // and fails.
            "--module-path",
            distribution.resolve("lib").toString(),
            "--add-modules=ALL-MODULE-PATH,jdk.incubator.vector",
            "--enable-native-access=org.elasticsearch.nativeaccess,org.apache.lucene.core",
            "-Des.path.home=" + distribution,
            "-Dtillpost.home=" + options.home(),
            "-Dtillpost.home-wait=" + options.homeWait()));
    if (options.shared() != null) {
      line.add("-XX:+AutoCreateSharedArchive");
      line.add("-XX:SharedArchiveFile=" + distribution + ".jsa");
    }
    line.addAll(options.javaOptions());
    line.addAll(
        List.of(
            "-cp",
            distribution.resolve("launcher").resolve("launcher.jar").toString(),
            MAIN_CLASS));
    line.add("path.home=" + distribution);
    options.serverSettings().forEach((key, value) -> line.add(key + "=" + value));
    return List.copyOf(line);
  }

  /** Leaves only {@link #KEPT_VARIABLES} in the given environment. */
  static void reduce(Map<String, String> environment) {
    environment.keySet().retainAll(KEPT_VARIABLES);
  }

  private static List<String> memory(int heapMebibytes) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "-Xms" + heapMebibytes + "m",
                "-Xmx" + heapMebibytes + "m",
                "-XX:MaxDirectMemorySize=" + heapMebibytes / 2 + "m",
                // The server's real-memory circuit breaker knows how to nudge G1 and no other
                // collector.
                "-XX:+UseG1GC",
                "-XX:G1ReservePercent=15",
                "-XX:InitiatingHeapOccupancyPercent=30",
                "-XX:+ExitOnOutOfMemoryError"));
    if (heapMebibytes <= 1024) {
      // Pooled chunks of 16 MiB a thread would eat a small heap.
      flags.add("-Dio.netty.allocator.type=unpooled");
    }
    return flags;
  }

  private static String java() {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path windows = bin.resolve("java.exe");
    return (Files.exists(windows) ? windows : bin.resolve("java")).toString();
  }
}
