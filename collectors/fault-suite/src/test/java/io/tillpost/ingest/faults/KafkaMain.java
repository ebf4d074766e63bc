package io.tillpost.ingest.faults;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** The main class of the {@linkplain KafkaBroker broker's} process. */
final class KafkaMain {
  private KafkaMain() {}

  /** With the file of its settings, and the id of its cluster. */
  public static void main(String[] arguments) {
    int code =
        StorageTool.execute(
            new String[] {"format", "--ignore-formatted", "-t", arguments[1], "-c", arguments[0]},
            System.out);
    if (code != 0) {
      System.exit(code);
    }
    Kafka.main(new String[] {arguments[0]});
  }
}
