package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final int LARGE = 8 << 20;

  private final Room room = new Room(16);

  @Test
  void bodiesOfUsualSizeFindRoomInTheArrayOfTheirThread() {
    byte[] first = room.take(100_000);
    assertThat(room.take(400_000)).isSameAs(first).hasSizeGreaterThan(400_000);
    assertThat(new Room(40).take(1_000)).isSameAs(first);
    assertThat(CompletableFuture.supplyAsync(() -> room.take(1_000)).join()).isNotSameAs(first);
  }

  @Test
  void aLargeBodyHasAnArrayOfItsOwn() {
    byte[] large = room.take(LARGE);
    assertThat(large).hasSizeGreaterThan(LARGE);
    assertThat(room.take(LARGE)).isNotSameAs(large);
  }

  @Test
  void whatLargeBodiesBecameTellsHowMuchTheNextOnesTake() {
    room.used(LARGE, LARGE * 2);
    assertThat(room.take(LARGE)).hasSizeBetween(LARGE * 2, LARGE * 3);
    room.used(500, 5_000);
    assertThat(room.take(LARGE)).as("of a small one nothing follows").hasSizeLessThan(LARGE * 3);
  }
}
