package io.tillpost.elasticsearch.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginBundle;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * The child process: starts a node from settings given as {@code key=value} arguments, reports once
 * on standard output, and closes the node when standard input ends (the parent is gone) or on
 * SIGTERM.
 *
 * <p>It stands in for the distribution's own main class, which needs an entitlement agent that no
 * Maven artifact holds; see {@code RATIONALE.md}.
 */
final class NodeMain {
  private static final long CLOSE_SECONDS = 20;

  /** Held here for as long as the process lives: a collected channel would drop its lock. */
  private static final HomeLock HOME_LOCK =
      new HomeLock(Path.of(System.getProperty("tillpost.home")));

  private NodeMain() {}

  public static void main(String[] arguments) {
    PrintStream report = System.out;
    ignoreTerminal();
    InputStream parent = System.in;
    new Thread(() -> exitAtEndOf(parent), "tillpost-parent-watch").start();
    Path home = Path.of(System.getProperty("tillpost.home"));
    StartReport outcome = start(settings(arguments), home);
    report.println(outcome.toLine());
    report.flush();
    if (outcome instanceof StartReport.Failed) {
      System.exit(1);
    }
  }

  private static StartReport start(Settings settings, Path home) {
    try {
      LogConfigurator.registerErrorListener();
      LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(settings));
      // The lock comes first: the log too belongs to the node that runs here.
      String holder = HOME_LOCK.acquire(Duration.parse(System.getProperty("tillpost.home-wait")));
      if (holder != null) {
        return StartFailures.inUse(home, holder.isEmpty() ? null : holder);
      }
      Path distribution = Path.of(settings.get("path.home"));
      Environment environment = new Environment(settings, distribution.resolve("config"));
      LogConfigurator.configure(environment, false);
      return new StartReport.Started(start(environment));
    } catch (Throwable e) {
      // Whatever it is, an Error of a missing class too, the parent waits for a word.
      LogManager.getLogger(NodeMain.class).error("the node did not start", e);
      return StartFailures.of(e, home);
    }
  }

  private static int start(Environment environment) throws Exception {
    Set<PluginBundle> modules = PluginsLoader.loadModulesBundles(environment.modulesDir(), false);
    Node node =
        new Node(environment, PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of()));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "tillpost-close"));
    node.start();
    return node.injector()
        .getInstance(HttpServerTransport.class)
        .boundAddress()
        .publishAddress()
        .getPort();
  }

  private static void close(Node node) {
    try {
      node.prepareForClose();
      node.close();
      if (!node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LogManager.getLogger(NodeMain.class)
            .warn("work was still going on {} seconds after the close", CLOSE_SECONDS);
      }
    } catch (IOException e) {
      LogManager.getLogger(NodeMain.class).error("the node did not close in order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      LogManager.shutdown();
    }
  }

  private static void exitAtEndOf(InputStream parent) {
    try {
      parent.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe says the same as its end: nobody is there any more.
      LogManager.getLogger(NodeMain.class).debug("standard input broke", e);
    }
    System.exit(0);
  }

  /**
   * A terminal sends Ctrl-C and a hang-up to the whole process group. The console shuts down in its
   * own order and still needs its storage then, so only the console may end this process.
   */
  private static void ignoreTerminal() {
    // By reflection, because javac warns of sun.misc and the warning has no name to suppress it by.
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object ignore = handler.getField("SIG_IGN").get(null);
      handle.invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
      if (!System.getProperty("os.name").startsWith("Windows")) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ignore);
      }
    } catch (ReflectiveOperationException e) {
      System.err.println("Ctrl-C in the console's terminal will end the node at once: " + e);
    }
  }

  private static Settings settings(String[] arguments) {
    Settings.Builder settings = Settings.builder();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      settings.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return settings.build();
  }
}
