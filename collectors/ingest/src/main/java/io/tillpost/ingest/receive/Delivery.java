package io.tillpost.ingest.receive;

import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import java.util.List;

/**
 * What one request holds, decoded and checked.
 *
 * @param accepted records to be stored, in the order of the request
 * @param rejected records that are wrong for ever, to be parked
 * @param dropped how many further records are none of our kind
 */
public record Delivery(List<IngestRecord> accepted, List<OfParked> rejected, int dropped) {
  public Delivery {
    accepted = List.copyOf(accepted);
    rejected = List.copyOf(rejected);
  }
}
