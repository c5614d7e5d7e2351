-- CreateIndex
CREATE INDEX "vm_observed_also_on_id_idx" ON "vm"("observed_also_on_id");
