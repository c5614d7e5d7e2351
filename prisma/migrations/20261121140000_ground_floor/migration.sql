-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "change" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "closed_at" TIMESTAMPTZ(3),
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "message" JSONB NOT NULL,
    "detail" JSONB,
    "operation" TEXT,
    "user_id" UUID,
    "user_name" TEXT,
    "address" TEXT,
    "object_kind" TEXT,
    "object_id" TEXT,
    "object_name" TEXT,
    "task_id" UUID,
    "outcome" TEXT,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "host" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "cluster_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "ssh_user" TEXT NOT NULL,
    "host_key" TEXT NOT NULL,
    "secret_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "observed_connection" TEXT NOT NULL DEFAULT 'connecting',
    "observed_detail" JSONB,
    "observed_contact_at" TIMESTAMPTZ(3),
    "observed_listed_at" TIMESTAMPTZ(3),
    "observed_facts" JSONB,
    "observed_usage" JSONB,

    CONSTRAINT "host_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secret" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "bound_to" TEXT NOT NULL,
    "nonce" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "site" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cluster" (
    "id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "cluster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "datastore" (
    "id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "capacity_bytes" BIGINT NOT NULL,
    "available_bytes" BIGINT NOT NULL,
    "is_active" BOOLEAN NOT NULL,

    CONSTRAINT "datastore_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "image" (
    "id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "datastore_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "virtual_bytes" BIGINT NOT NULL,
    "allocated_bytes" BIGINT NOT NULL,

    CONSTRAINT "image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "title" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "object_kind" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "object_name" TEXT NOT NULL,
    "plan" JSONB NOT NULL,
    "input" JSONB NOT NULL,
    "checks" JSONB NOT NULL DEFAULT '[]',
    "result" JSONB,
    "error" JSONB,
    "user_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "audit_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "not_before" TIMESTAMPTZ(3),
    "is_cancel_requested" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_step" (
    "task_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "step_id" TEXT NOT NULL,
    "label" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "progress_percent" DOUBLE PRECISION,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "error" JSONB,

    CONSTRAINT "task_step_pkey" PRIMARY KEY ("task_id","position")
);

-- CreateTable
CREATE TABLE "transcript_entry" (
    "task_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "step_id" TEXT,
    "phase" TEXT NOT NULL,
    "host_name" TEXT NOT NULL,
    "argv" TEXT[],
    "stdin" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" DOUBLE PRECISION,
    "exit_code" INTEGER,
    "stdout" TEXT NOT NULL,
    "stderr" TEXT NOT NULL,
    "failure" TEXT,

    CONSTRAINT "transcript_entry_pkey" PRIMARY KEY ("task_id","sequence")
);

-- CreateTable
CREATE TABLE "object_lock" (
    "object_id" TEXT NOT NULL,
    "task_id" UUID NOT NULL,

    CONSTRAINT "object_lock_pkey" PRIMARY KEY ("object_id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "is_disabled" BOOLEAN NOT NULL DEFAULT false,
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sign_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "theme" TEXT NOT NULL DEFAULT 'system',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "console_ticket" (
    "ticket_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "vm_id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "console_ticket_pkey" PRIMARY KEY ("ticket_hash")
);

-- By hand: virtual size of a VM's disks, from its hardware as contracts' VmHardware. 0 where unknown.
CREATE FUNCTION "vm_disk_bytes"(hardware JSONB) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT COALESCE(sum((disk->>'sizeBytes')::numeric), 0)::bigint
  FROM jsonb_array_elements(COALESCE(hardware->'disks', '[]'::jsonb)) AS disk
  WHERE disk->>'device' = 'disk'
$$;

-- The columns GENERATED ALWAYS are by hand; Prisma sees them as plain columns.
-- CreateTable
CREATE TABLE "vm" (
    "id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "is_adopted" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "intended_name" TEXT,
    "intended_description" TEXT,
    "intended_hardware" JSONB,
    "intended_power" TEXT,
    "intended_at" TIMESTAMPTZ(3),
    "observed_name" TEXT,
    "observed_description" TEXT,
    "observed_state" TEXT,
    "observed_state_reason" TEXT,
    "observed_is_persistent" BOOLEAN,
    "observed_addresses" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "observed_hardware" JSONB,
    "observed_hardware_hash" TEXT,
    "observed_definition_xml" TEXT,
    "observed_definition_hash" TEXT,
    "observed_at" TIMESTAMPTZ(3),
    "observed_also_on_id" UUID,
    "observed_also_on_at" TIMESTAMPTZ(3),
    "observed_also_on_reported" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT NOT NULL GENERATED ALWAYS AS (COALESCE("observed_name", "intended_name")) STORED,
    "name_key" TEXT NOT NULL GENERATED ALWAYS AS (lower(COALESCE("observed_name", "intended_name"))) STORED,
    "vcpus" INTEGER NOT NULL GENERATED ALWAYS AS ((COALESCE("observed_hardware", "intended_hardware")->>'vcpus')::integer) STORED,
    "memory_mib" BIGINT NOT NULL GENERATED ALWAYS AS ((COALESCE("observed_hardware", "intended_hardware")->>'memoryMiB')::bigint) STORED,
    "disk_bytes" BIGINT NOT NULL GENERATED ALWAYS AS ("vm_disk_bytes"(COALESCE("observed_hardware", "intended_hardware"))) STORED,

    CONSTRAINT "vm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vm_usage" (
    "vm_id" UUID NOT NULL,
    "cpu_percent" DOUBLE PRECISION NOT NULL,
    "memory_used_mib" DOUBLE PRECISION,
    "disk_read_bps" DOUBLE PRECISION NOT NULL,
    "disk_write_bps" DOUBLE PRECISION NOT NULL,
    "net_receive_bps" DOUBLE PRECISION NOT NULL,
    "net_transmit_bps" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "vm_usage_pkey" PRIMARY KEY ("vm_id")
);

-- CreateIndex
CREATE INDEX "change_at_idx" ON "change"("at");

-- CreateIndex
CREATE INDEX "audit_event_at_id_idx" ON "audit_event"("at", "id");

-- CreateIndex
CREATE INDEX "audit_event_object_id_at_idx" ON "audit_event"("object_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "host_name_key_key" ON "host"("name_key");

-- CreateIndex
CREATE INDEX "host_cluster_id_idx" ON "host"("cluster_id");

-- CreateIndex
CREATE UNIQUE INDEX "host_address_port_key" ON "host"("address", "port");

-- CreateIndex
CREATE UNIQUE INDEX "site_name_key" ON "site"("name");

-- CreateIndex
CREATE UNIQUE INDEX "cluster_site_id_name_key" ON "cluster"("site_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "datastore_host_id_name_key" ON "datastore"("host_id", "name");

-- CreateIndex
CREATE INDEX "image_host_id_idx" ON "image"("host_id");

-- CreateIndex
CREATE UNIQUE INDEX "image_datastore_id_path_key" ON "image"("datastore_id", "path");

-- CreateIndex
CREATE INDEX "task_state_created_at_idx" ON "task"("state", "created_at");

-- CreateIndex
CREATE INDEX "task_created_at_id_idx" ON "task"("created_at", "id");

-- CreateIndex
CREATE INDEX "task_object_id_created_at_idx" ON "task"("object_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "task_step_task_id_step_id_key" ON "task_step"("task_id", "step_id");

-- CreateIndex
CREATE INDEX "object_lock_task_id_idx" ON "object_lock"("task_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_name_key" ON "app_user"("name");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "console_ticket_expires_at_idx" ON "console_ticket"("expires_at");

-- CreateIndex
CREATE INDEX "vm_name_key_id_idx" ON "vm"("name_key", "id");

-- CreateIndex
CREATE INDEX "vm_host_id_idx" ON "vm"("host_id");

-- CreateIndex
CREATE INDEX "vm_created_at_id_idx" ON "vm"("created_at", "id");

-- AddForeignKey
ALTER TABLE "host" ADD CONSTRAINT "host_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster" ADD CONSTRAINT "cluster_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "datastore" ADD CONSTRAINT "datastore_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image" ADD CONSTRAINT "image_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image" ADD CONSTRAINT "image_datastore_id_fkey" FOREIGN KEY ("datastore_id") REFERENCES "datastore"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_step" ADD CONSTRAINT "task_step_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcript_entry" ADD CONSTRAINT "transcript_entry_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "object_lock" ADD CONSTRAINT "object_lock_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm" ADD CONSTRAINT "vm_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "host"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm_usage" ADD CONSTRAINT "vm_usage_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: rows that are rewritten often keep room in their page, so that no index is touched.
ALTER TABLE "vm_usage" SET (fillfactor = 60);
ALTER TABLE "host" SET (fillfactor = 60);
ALTER TABLE "task" SET (fillfactor = 80);
ALTER TABLE "task_step" SET (fillfactor = 70);

-- By hand: one site and one cluster to begin with.
INSERT INTO "site" ("id", "name") VALUES ('00000000-0000-4000-8000-000000000001', 'Default');
INSERT INTO "cluster" ("id", "site_id", "name")
VALUES ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', 'Default');
