package io.tillpost.console.recovery;

import java.time.Clock;

/**
 * What every run of an operation works with, the same for all runs of one console.
 *
 * @param dispatcher names this console's dispatcher
 */
record RunParts(
    RecoveryRecords records,
    ItemDispatch dispatch,
    ItemRecording recording,
    ItemFollower follower,
    ObjectOrder order,
    TargetGates targets,
    RecoveryProperties settings,
    Clock clock,
    String dispatcher) {}
