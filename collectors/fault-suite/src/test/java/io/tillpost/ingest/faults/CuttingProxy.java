package io.tillpost.ingest.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Between senders and ingest: takes every request there, and loses every so many-th answer, closing
 * the connection. The sender cannot know that its records were taken.
 */
final class CuttingProxy implements AutoCloseable {
  private static final int PART = 64 * 1024;

  private final ServerSocket server;
  private final int every;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile URI target;

  private CuttingProxy(ServerSocket server, URI target, int every) {
    this.server = server;
    this.target = target;
    this.every = every;
  }

  static CuttingProxy before(URI target, int every) throws IOException {
    CuttingProxy proxy =
        new CuttingProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), target, every);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  /** From now on connections go there. */
  void forwardTo(URI address) {
    target = address;
  }

  /** How many answers were lost. */
  int cut() {
    return answers.get() / every;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket sender = server.accept();
        threads.execute(() -> connect(sender));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void connect(Socket sender) {
    try (sender;
        Socket ingest = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
      threads.execute(() -> copyRequests(sender, ingest));
      copyAnswers(ingest, sender);
    } catch (IOException _) {
      // Either side has gone, which is what this is about; both are closed.
    }
  }

  private static void copyRequests(Socket sender, Socket ingest) {
    try (sender;
        ingest) {
      var _ = sender.getInputStream().transferTo(ingest.getOutputStream());
    } catch (IOException _) {
      // As above.
    }
  }

  private void copyAnswers(Socket ingest, Socket sender) throws IOException {
    InputStream in = ingest.getInputStream();
    OutputStream out = sender.getOutputStream();
    byte[] part = new byte[PART];
    for (int n = in.read(part); n >= 0; n = in.read(part)) {
      if (answers.incrementAndGet() % every == 0) {
        return;
      }
      out.write(part, 0, n);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
