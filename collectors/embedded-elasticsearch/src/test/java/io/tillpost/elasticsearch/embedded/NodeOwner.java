package io.tillpost.elasticsearch.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A console in small: a process that starts a node, says where, and lives until it is killed. */
final class NodeOwner {

  private NodeOwner() {}

  public static void main(String[] arguments) throws InterruptedException {
    ElasticsearchNode node = TestNode.at(Path.of(arguments[0])).build().start();
    System.out.println(node.pid() + " " + node.uri());
    new CountDownLatch(1).await();
  }
}
