package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomTest {
  private final Room room = new Room(8);

  @Test
  void eachThreadHasAnArrayOfItsOwn() {
    byte[] ours = room.take();
    assertThat(CompletableFuture.supplyAsync(room::take).join()).isNotSameAs(ours);
    assertThat(room.take()).isSameAs(ours).hasSize(8);
  }

  @Test
  void whatHasGrownIsTakenNextUnlessItIsMuchLargerThanUsual() {
    byte[] larger = new byte[2 << 20];
    room.grown(larger);
    assertThat(room.take()).isSameAs(larger);
    room.grown(new byte[(2 << 20) + 1]);
    assertThat(room.take()).isSameAs(larger);
  }
}
