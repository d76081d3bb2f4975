import type * as grpc from "@grpc/grpc-js";
import type { EngineEvent as DeclaredEvent, SummaryEvent } from "@pulumi/pulumi/automation";
import { EventsService } from "@pulumi/pulumi/proto/events_grpc_pb";
import type { EventRequest } from "@pulumi/pulumi/proto/events_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { listen } from "../../providers/protocol/listen";

/**
 * An event of the engine, with the fields that Pulumi's own type lacks:
 * https://pkg.go.dev/github.com/pulumi/pulumi/sdk/v3/go/common/apitype#SummaryEvent
 */
export interface EngineEvent extends DeclaredEvent {
  summaryEvent?: SummaryEvent & { isPreview?: boolean };
}

/** The address for the engine's flag `--event-log`. */
export interface EventSink {
  address: string;
  stop(): void;
}

/**
 * Receives the events of an engine as they happen. The engine exits only after all of them have
 * arrived.
 */
export async function receiveEvents(onEvent: (event: EngineEvent) => void): Promise<EventSink> {
  const streamEvents = (
    call: grpc.ServerReadableStream<EventRequest, Empty>,
    callback: grpc.sendUnaryData<Empty>,
  ) => {
    call.on("data", (request: EventRequest) => onEvent(JSON.parse(request.getEvent()) as EngineEvent));
    call.on("end", () => callback(null, new Empty()));
  };
  const { port, stop } = await listen(EventsService, { streamEvents });
  return { address: `tcp://127.0.0.1:${port}`, stop };
}
