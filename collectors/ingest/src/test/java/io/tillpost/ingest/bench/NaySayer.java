package io.tillpost.ingest.bench;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Reads every request to its end and answers 429, with the server that ingest has too; on loopback.
 */
final class NaySayer implements AutoCloseable {
  private final Server server;

  private NaySayer(Server server) {
    this.server = server;
  }

  static NaySayer start() {
    Server server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .serviceUnder(
                "/",
                (_, request) ->
                    HttpResponse.of(
                        request
                            .aggregate()
                            .thenApply(
                                _ ->
                                    HttpResponse.of(
                                        ResponseHeaders.of(HttpStatus.TOO_MANY_REQUESTS),
                                        HttpData.empty()))))
            .build();
    server.start().join();
    return new NaySayer(server);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.activeLocalPort());
  }

  @Override
  public void close() {
    server.stop().join();
  }
}
